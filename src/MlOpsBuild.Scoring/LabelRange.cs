namespace MlOpsBuild.Scoring;

/// <summary>Values that a label may have by the contract.</summary>
/// <param name="Minimum">The smallest, or null.</param>
/// <param name="Maximum">The largest, or null.</param>
/// <param name="Clamps">Whether predictions beyond are brought to its ends; else they are only told.</param>
public sealed record LabelRange(double? Minimum, double? Maximum, bool Clamps)
{
    /// <summary>Whether <paramref name="value"/> lies within.</summary>
    public bool Contains(double value) => !(value < Minimum) && !(value > Maximum);

    /// <summary>The value, or the end of the range that is nearest.</summary>
    public double Bring(double value) => value < Minimum ? Minimum.Value : value > Maximum ? Maximum.Value : value;
}
