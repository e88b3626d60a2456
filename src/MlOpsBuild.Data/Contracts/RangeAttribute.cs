namespace MlOpsBuild.Data.Contracts;

/// <summary>Smallest and largest allowed value.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RangeAttribute(double minimum, double maximum) : Attribute
{
    /// <summary>Smallest allowed value.</summary>
    public double Minimum { get; } = minimum;

    /// <summary>Largest allowed value.</summary>
    public double Maximum { get; } = maximum;
}
