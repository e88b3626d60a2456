namespace MlOpsBuild.Engine.Parameters;

/// <summary>A list that may be given without a value.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class MayBeEmptyAttribute : Attribute;
