using System.Text.Json.Serialization;

namespace MlOpsBuild.Scoring;

/// <summary>
/// What a model says of a row: a number in the target's unit, the probability of the positive class, one probability for each of many
/// classes, or a text.
/// </summary>
[JsonConverter(typeof(PredictionConverter))]
public readonly struct Prediction : IEquatable<Prediction>
{
    private readonly double _value;
    private readonly double[]? _each;

    /// <summary>
    /// A text. It claims to be entirely right: its number is 1, and what it is compared with is how good it was, from 0 to 1.
    /// </summary>
    public Prediction(string text) => (_value, Text) = (1, text);

    /// <summary>A number, or the probability of the positive one of two classes.</summary>
    public Prediction(double value) => _value = value;

    /// <summary>Probabilities of three or more classes, in the order of the classes.</summary>
    public Prediction(double[] each) => _each = each;

    /// <summary>The text, where it is one.</summary>
    public string? Text { get; }

    /// <summary>How many numbers it is.</summary>
    public int Count => _each?.Length ?? 1;

    /// <summary>The number; of many classes, the largest probability.</summary>
    public double Value => _each?.Max() ?? _value;

    /// <summary>Whether every number is finite.</summary>
    public bool IsFinite => _each?.All(double.IsFinite) ?? double.IsFinite(_value);

    /// <summary>The number at <paramref name="position"/>.</summary>
    public double this[int position] => _each == null ? _value : _each[position];

    /// <summary>A number as a prediction.</summary>
    public static implicit operator Prediction(double value) => new(value);

    /// <summary>Equal to the bit.</summary>
    public static bool operator ==(Prediction left, Prediction right) => left.Equals(right);

    /// <summary>Not equal to the bit.</summary>
    public static bool operator !=(Prediction left, Prediction right) => !left.Equals(right);

    /// <summary>A number as a prediction.</summary>
    public static Prediction FromDouble(double value) => new(value);

    /// <summary>The probability of class <paramref name="position"/>, of two classes or of many.</summary>
    public double ProbabilityOf(int position) => _each != null ? _each[position] : position == 1 ? _value : 1 - _value;

    /// <summary>
    /// How far it is from what happened: its excess over a number or over the positive class's 0 or 1; of many classes,
    /// what the right one lacks to 1.
    /// </summary>
    public double Error(double label) => _each == null ? _value - label : 1 - _each[(int)label];

    /// <summary>
    /// How far two predictions of one row are apart: the difference of numbers, the total variation of probabilities, or 1 between two
    /// texts that are not the same.
    /// </summary>
    public double DistanceTo(Prediction other)
    {
        if (Text != other.Text)
        {
            return 1;
        }

        if (_each == null || other._each == null)
        {
            return Math.Abs(_value - other._value);
        }

        return _each.Zip(other._each, (mine, theirs) => Math.Abs(mine - theirs)).Sum() / 2;
    }

    /// <inheritdoc />
    public bool Equals(Prediction other) => Text == other.Text && (_each == null
        ? other._each == null && _value.Equals(other._value)
        : other._each != null && _each.AsSpan().SequenceEqual(other._each));

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is Prediction other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => Text != null ? Text.GetHashCode(StringComparison.Ordinal)
        : _each == null ? _value.GetHashCode() : _each.Aggregate(_each.Length, HashCode.Combine);

    /// <inheritdoc />
    public override string ToString() =>
        Text ?? string.Join(", ", (_each ?? [_value])
            .Select(value => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture)));
}
