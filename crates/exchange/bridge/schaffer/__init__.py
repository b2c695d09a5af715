"""Recordings of other rigs for Schaffer."""
