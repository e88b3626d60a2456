namespace MlOpsBuild.Data.Contracts;

/// <summary>Of a row of a feature view: says, alone or with others, whose values they are.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EntityAttribute : Attribute;
