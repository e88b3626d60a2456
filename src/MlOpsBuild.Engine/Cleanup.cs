namespace MlOpsBuild.Engine;

/// <summary>The counterpart of <see cref="Setup"/>: runs after all targets that asked for the context, whatever became of them.</summary>
/// <param name="definition">Collects what the target says.</param>
public delegate ITargetDefinition Cleanup(ITargetDefinition definition);
