namespace MlOpsBuild.Engine;

/// <summary>A value must be given, whichever targets run.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Class | AttributeTargets.Interface)]
public sealed class RequiredAttribute : Attribute;
