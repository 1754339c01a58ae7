"""The pages of the plan under /desk/settings/. Everyone with a desk reads; administrators and owners write."""
