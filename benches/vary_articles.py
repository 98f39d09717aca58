"""More articles from fewer: a library of a million from the hundred thousand that one has.

    python3 benches/vary_articles.py ARTICLES.jsonl TIMES > MORE.jsonl

Each line of ARTICLES.jsonl is {id, title, published, source, body}. The first round gives them as they are. Each later one dates
them a year earlier, and puts half of the lines of another article in place of half of their own, with the halves of both titles:
no article comes twice, words and names keep their frequencies, and as many articles fall on a day as before. The same
input gives the same output.
"""

import datetime
import json
import random
import sys


def halves(text, other, joint, chance):
    """Half of the pieces of each of two texts, in their order, those of `text` first and last."""
    pieces, others = text.split(joint), other.split(joint)
    kept = [piece for at, piece in enumerate(pieces) if at == 0 or chance.random() < 0.5]
    taken = [piece for piece in others[1:] if chance.random() < 0.5]
    middle = (len(kept) + 1) // 2
    return joint.join(kept[:middle] + taken + kept[middle:])


def earlier(published, years):
    """The same day, `years` times 365 days before; what is no date stays as it is."""
    try:
        day = datetime.date.fromisoformat(published[:10])
    except (TypeError, ValueError):
        return published
    return (day - datetime.timedelta(days=365 * years)).isoformat() + published[10:]


def main():
    path, times = sys.argv[1], int(sys.argv[2])
    with open(path, encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines if line.strip()]
    chance = random.Random(1)
    for years in range(times):
        for article in articles:
            if years:
                other = chance.choice(articles)
                article = dict(
                    article,
                    id=f"{article.get('id')}-{years}",
                    published=earlier(article.get("published"), years),
                    title=halves(article.get("title") or "", other.get("title") or "", " ", chance),
                    body=halves(article.get("body") or "", other.get("body") or "", "\n", chance),
                )
            print(json.dumps(article, ensure_ascii=False))


if __name__ == "__main__":
    main()
