//! Every program of the gallery against an independent oracle, on the GPU and in the interpreter.

mod convolution;
mod kmeans;
mod life;
mod mandelbrot;
mod ntt;
mod path_tracer;
mod programs;
mod sha256;
mod sobel;
mod support;
