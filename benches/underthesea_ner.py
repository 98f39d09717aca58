"""Syllables a second of underthesea's recogniser of names, on the lines of standard input: the peer in `benches/names.rs`."""

import os
import sys
import time

os.environ["OMP_NUM_THREADS"] = "1"
try:
    from underthesea import ner
except ImportError:
    sys.exit(3)

lines = [line.strip() for line in sys.stdin if line.strip()]
ner("Ông Đinh Khắc Lữ sống ở Hà Nội.")  # loads its models
start = time.process_time()
for line in lines:
    ner(line)
seconds = time.process_time() - start
print(sum(len(line.split()) for line in lines) / seconds)
