package pgfunc

import (
	"math"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
)

// The trigonometric functions in degrees are exact where an exact answer exists, sind(30) and its like: values of the
// first quadrant are computed in proportion to such an angle, as PostgreSQL does.

const radian = math.Pi / 180

var (
	sin30      = math.Sin(30 * radian)
	oneLessCos = 1 - math.Cos(60*radian)
	asinHalf   = math.Asin(0.5)
	acosHalf   = math.Acos(0.5)
	atanOne    = math.Atan(1)
)

func sinSmall(x float64) float64 { return math.Sin(x*radian) / sin30 / 2 }
func cosSmall(x float64) float64 { return 1 - (1-math.Cos(x*radian))/oneLessCos/2 }

// sinQuadrant is for 0 to 90 degrees.
func sinQuadrant(x float64) float64 {
	if x <= 30 {
		return sinSmall(x)
	}
	return cosSmall(90 - x)
}

func cosQuadrant(x float64) float64 {
	if x <= 60 {
		return cosSmall(x)
	}
	return sinSmall(90 - x)
}

// quadrant turns an angle into one of 0 to 90 degrees, with the signs of its sine and cosine.
func quadrant(x float64) (angle, sine, cosine float64) {
	angle, sine, cosine = math.Mod(x, 360), 1, 1
	if angle < 0 {
		angle, sine = -angle, -1
	}
	if angle > 180 {
		angle, sine = 360-angle, -sine
	}
	if angle > 90 {
		angle, cosine = 180-angle, -1
	}
	return
}

func sinDegrees(x float64) float64 {
	angle, sine, _ := quadrant(x)
	return sine * sinQuadrant(angle)
}

func cosDegrees(x float64) float64 {
	angle, _, cosine := quadrant(x)
	return cosine * cosQuadrant(angle)
}

func tanDegrees(x float64) float64 {
	angle, sine, cosine := quadrant(x)
	return sine * cosine * (sinQuadrant(angle) / cosQuadrant(angle) / (sinQuadrant(45) / cosQuadrant(45)))
}

func cotDegrees(x float64) float64 {
	angle, sine, cosine := quadrant(x)
	return sine * cosine * (cosQuadrant(angle) / sinQuadrant(angle) / (cosQuadrant(45) / sinQuadrant(45)))
}

func asinQuadrant(x float64) float64 {
	if x <= 0.5 {
		return math.Asin(x) / asinHalf * 30
	}
	return 90 - math.Acos(x)/acosHalf*60
}

func asinDegrees(x float64) float64 {
	if x >= 0 {
		return asinQuadrant(x)
	}
	return -asinQuadrant(-x)
}

func acosDegrees(x float64) float64 {
	switch {
	case x < 0:
		return 90 + asinQuadrant(-x)
	case x <= 0.5:
		return 90 - math.Asin(x)/asinHalf*30
	}
	return math.Acos(x) / acosHalf * 60
}

// degrees has the functions whose angles are degrees (PostgreSQL docs, table "Trigonometric Functions").
func degrees(t table) {
	one := func(id string, valid func(float64) bool, f func(float64) float64) {
		t.strict(id, func(_ *Context, a []iris.Value) (iris.Value, error) {
			x := floatArg(a[0])
			if !math.IsNaN(x) && !valid(x) {
				return failed(pgerr.NumericValueOutOfRange, "input is out of range")
			}
			// No negative zero, which PostgreSQL avoids as well.
			return iris.Double(f(x) + 0), nil
		})
	}
	finite := func(x float64) bool { return !math.IsInf(x, 0) }
	unit := func(x float64) bool { return x >= -1 && x <= 1 }
	one("sind", finite, sinDegrees)
	one("cosd", finite, cosDegrees)
	one("tand", finite, tanDegrees)
	one("cotd", finite, cotDegrees)
	one("asind", unit, asinDegrees)
	one("acosd", unit, acosDegrees)
	one("atand", func(float64) bool { return true }, func(x float64) float64 { return math.Atan(x) / atanOne * 45 })
	t.strict("atan2d", func(_ *Context, a []iris.Value) (iris.Value, error) {
		return iris.Double(math.Atan2(floatArg(a[0]), floatArg(a[1])) / atanOne * 45), nil
	})
}
