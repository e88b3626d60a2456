namespace MlOpsBuild.Engine;

/// <summary>A target: a property whose lambda describes what it needs and what it does.</summary>
public delegate ITargetDefinition Target(ITargetDefinition definition);
