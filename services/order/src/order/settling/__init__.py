"""Money that came in settles its order and is invoiced, or goes back."""
