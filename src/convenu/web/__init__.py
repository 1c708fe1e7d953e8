"""What a person sees and does: pages, forms, keys."""
