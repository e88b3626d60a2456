namespace MlOpsBuild.Data.Contracts;

/// <summary>A part of the row's time; rows must be in time order.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TimestampAttribute(TimestampPart part = TimestampPart.Day) : Attribute
{
    /// <summary>Which part.</summary>
    public TimestampPart Part { get; } = part;
}
