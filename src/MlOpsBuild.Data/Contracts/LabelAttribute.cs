namespace MlOpsBuild.Data.Contracts;

/// <summary>The column to predict: a number; or a class, which is a bool, an enum, or a text or whole number with [Categories].</summary>
/// <param name="positive">Of two classes, the one whose probability is predicted; of a bool it is <c>true</c>.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LabelAttribute(string? positive = null) : Attribute
{
    /// <summary>Of two classes, the one whose probability is predicted; null where it is not said.</summary>
    public string? Positive { get; } = positive;
}
