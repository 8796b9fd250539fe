use super::Vector;
use crate::GalleryError;

/// 1.0 in the renderer's numbers: 14 fractional bits.
const ONE: f64 = 16_384.0;
/// 1.0 of radiance: 12 fractional bits.
const RADIANCE: f64 = 4_096.0;
/// Largest coordinate: products of a distance and a direction fit in 32 bits.
const REACH: f64 = 4.0;
/// Most spheres: what an invocation keeps at hand.
const MAX_SPHERES: usize = 24;

/// What a surface does with light.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Material {
    /// Scatters it in all directions.
    Matte,
    /// Mirrors it, blurred by up to 1.
    Metal { blur: f64 },
    /// Lets it through, bent.
    Glass,
    /// Scatters it below a coat that mirrors a little.
    Polished,
    /// Polished tiles, every other one darker. For walls.
    Checkered,
}

/// A material and the share of red, green and blue that it gives back.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Surface {
    pub material: Material,
    pub colour: Vector,
}

/// A ball.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sphere {
    pub centre: Vector,
    pub radius: f64,
    pub surface: Surface,
}

/// Where the picture is taken from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    pub position: Vector,
    /// A point in the middle of the picture.
    pub looks_at: Vector,
    /// Half the picture's width at a distance of 1.
    pub half_width: f64,
    /// Radius of the lens; 0 is sharp everywhere.
    pub lens: f64,
    /// Distance at which the picture is sharp.
    pub focus: f64,
}

/// A rectangle of the ceiling that shines.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lamp {
    /// Across and along the room.
    pub centre: (f64, f64),
    pub half_size: (f64, f64),
    /// Radiance in red, green and blue, each below 16.
    pub colour: Vector,
}

/// A room with a lamp in its ceiling and spheres on its floor. The camera stands inside and looks to lower z.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    pub camera: Camera,
    /// Two opposite corners of the room.
    pub low: Vector,
    pub high: Vector,
    pub lamp: Lamp,
    /// Left, right, floor, ceiling, back, front.
    pub walls: [Surface; 6],
    pub spheres: Vec<Sphere>,
}

impl Scene {
    /// The scene as sample.wgsl reads it.
    ///
    /// # Errors
    /// When a number is beyond the renderer's range.
    pub fn words(&self) -> Result<Vec<u32>, GalleryError> {
        self.check()?;
        let camera = &self.camera;
        let forward = camera.looks_at.minus(camera.position).unit();
        let right = forward.cross(Vector(0.0, 1.0, 0.0)).unit();
        let up = right.cross(forward);
        let lamp = &self.lamp;
        let area = 4.0 * lamp.half_size.0 * lamp.half_size.1;

        let mut words = Vec::new();
        let mut put = |values: &[f64], one: f64| {
            words.extend(
                values
                    .iter()
                    .map(|value| ((value * one).round() as i32).cast_unsigned()),
            );
        };
        put(&camera.position.parts(), ONE);
        put(&forward.parts(), ONE);
        put(&right.times(camera.half_width).parts(), ONE);
        put(&up.times(camera.half_width).parts(), ONE);
        put(&[camera.lens / camera.half_width, camera.focus], ONE);
        put(&self.low.parts(), ONE);
        put(&self.high.parts(), ONE);
        put(&[lamp.centre.0, lamp.centre.1], ONE);
        put(
            &[lamp.half_size.0, lamp.half_size.1, area / std::f64::consts::PI],
            ONE,
        );
        put(&lamp.colour.parts(), RADIANCE);
        words.resize(32, 0);
        for wall in &self.walls {
            words.extend(surface(wall));
        }
        words.resize(64, 0);
        for sphere in &self.spheres {
            let place = [sphere.centre.0, sphere.centre.1, sphere.centre.2, sphere.radius];
            words.extend(place.map(fixed));
            words.extend(surface(&sphere.surface));
        }
        Ok(words)
    }

    fn check(&self) -> Result<(), GalleryError> {
        let inside = |point: Vector| {
            let between = |low: f64, x: f64, high: f64| low < x && x < high;
            between(self.low.0, point.0, self.high.0)
                && between(self.low.1, point.1, self.high.1)
                && between(self.low.2, point.2, self.high.2)
        };
        let size = self.high.minus(self.low).parts();
        let rule = if size.iter().any(|side| *side <= 0.0 || *side >= REACH) {
            "a room's sides are below 4"
        } else if !inside(self.camera.position) || !self.spheres.iter().all(|sphere| inside(sphere.centre)) {
            "the camera and the spheres are inside the room"
        } else if self.spheres.len() > MAX_SPHERES {
            "a scene has at most 24 spheres"
        } else if self
            .spheres
            .iter()
            .any(|sphere| !(0.01..1.0).contains(&sphere.radius))
        {
            "the radius of a sphere is from 0.01 to 1"
        } else if self
            .lamp
            .colour
            .parts()
            .iter()
            .any(|part| !(0.0..16.0).contains(part))
        {
            "the lamp's radiance is below 16"
        } else {
            return Ok(());
        };
        Err(GalleryError::input(rule))
    }

    /// Spheres of mirror, glass, gold and enamel in a room with a red and a blue wall.
    pub fn room() -> Self {
        let surface = |material, red, green, blue| Surface {
            material,
            colour: Vector(red, green, blue),
        };
        let floor = -0.88;
        let on_floor = |x, z, radius, surface| Sphere {
            centre: Vector(x, floor + radius, z),
            radius,
            surface,
        };
        let mirror = surface(Material::Metal { blur: 0.0 }, 0.95, 0.95, 0.96);
        let gold = surface(Material::Metal { blur: 0.05 }, 0.98, 0.74, 0.34);
        let copper = surface(Material::Metal { blur: 0.15 }, 0.93, 0.60, 0.52);
        let glass = surface(Material::Glass, 0.97, 0.99, 0.98);
        let enamel = |red, green, blue| surface(Material::Polished, red, green, blue);
        Self {
            camera: Camera {
                position: Vector(0.0, 0.12, 2.65),
                looks_at: Vector(0.0, -0.24, -0.2),
                half_width: 0.54,
                lens: 0.012,
                focus: 2.45,
            },
            low: Vector(-1.3, floor, -1.1),
            high: Vector(1.3, 0.88, 2.75),
            lamp: Lamp {
                centre: (0.0, -0.42),
                half_size: (0.46, 0.30),
                colour: Vector(13.5, 12.2, 10.2),
            },
            walls: [
                surface(Material::Matte, 0.80, 0.16, 0.10),
                surface(Material::Matte, 0.10, 0.34, 0.62),
                surface(Material::Checkered, 0.80, 0.76, 0.68),
                surface(Material::Matte, 0.85, 0.84, 0.82),
                surface(Material::Matte, 0.85, 0.84, 0.82),
                surface(Material::Matte, 0.72, 0.68, 0.62),
            ],
            spheres: vec![
                on_floor(-0.62, -0.42, 0.46, mirror),
                on_floor(0.52, 0.16, 0.38, glass),
                on_floor(-0.20, 0.38, 0.22, gold),
                on_floor(0.12, -0.66, 0.36, enamel(0.93, 0.56, 0.08)),
                on_floor(1.02, -0.52, 0.25, enamel(0.06, 0.45, 0.28)),
                on_floor(0.06, 0.78, 0.12, enamel(0.72, 0.06, 0.10)),
                on_floor(-0.66, 0.62, 0.17, enamel(0.22, 0.22, 0.72)),
                on_floor(-0.98, 0.28, 0.10, surface(Material::Matte, 0.90, 0.88, 0.82)),
                on_floor(0.92, 0.70, 0.10, copper),
                on_floor(-1.08, -0.88, 0.16, enamel(0.85, 0.62, 0.70)),
            ],
        }
    }
}

fn fixed(value: f64) -> u32 {
    ((value * ONE).round() as i32).cast_unsigned()
}

/// The kind in the lowest byte with the blur above, then the colour.
fn surface(surface: &Surface) -> [u32; 4] {
    let kind = match surface.material {
        Material::Matte => 0,
        Material::Metal { blur } => 1 | fixed(blur.clamp(0.0, 1.0)) << 8,
        Material::Glass => 2,
        Material::Polished => 3,
        Material::Checkered => 4,
    };
    let colour = surface.colour.parts().map(|part| fixed(part.clamp(0.0, 1.0)));
    [kind, colour[0], colour[1], colour[2]]
}
