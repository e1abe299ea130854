import os

# Read once, when torch is loaded: its second thread would only wait in a loop for these small products.
os.environ.setdefault("OMP_NUM_THREADS", "1")
