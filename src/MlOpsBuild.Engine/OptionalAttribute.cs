namespace MlOpsBuild.Engine;

/// <summary>A value need not be given, although the build class is required to.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Class | AttributeTargets.Interface)]
public sealed class OptionalAttribute : Attribute;
