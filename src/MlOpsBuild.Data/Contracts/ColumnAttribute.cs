namespace MlOpsBuild.Data.Contracts;

/// <summary>The header name, where it differs from the property's.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ColumnAttribute(string name) : Attribute
{
    /// <summary>Header name.</summary>
    public string Name { get; } = name;
}
