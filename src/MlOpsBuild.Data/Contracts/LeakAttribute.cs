namespace MlOpsBuild.Data.Contracts;

/// <summary>Known only together with the label: read and checked, refused as a feature.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LeakAttribute(string reason) : Attribute
{
    /// <summary>Why it is a leak.</summary>
    public string Reason { get; } = reason;
}
