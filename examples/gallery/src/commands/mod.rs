pub mod convolution;
pub mod kmeans;
pub mod life;
pub mod mandelbrot;
pub mod ntt;
pub mod path_tracer;
pub mod sha256;
pub mod sobel;
