namespace MlOpsBuild.Data.Contracts;

/// <summary>The allowed values.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CategoriesAttribute(params string[] values) : Attribute
{
    /// <summary>The allowed values as they are written in files.</summary>
    public string[] Values { get; } = values;
}
