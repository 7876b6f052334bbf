"""Documents at rest: store, samples with truth, synthesis, evaluation."""
