namespace MlOpsBuild.Engine;

/// <summary>
/// A target that prepares what others use; declared by a component and asked for with <see cref="ITargetDefinition.DependsOnContext{T}"/>.
/// </summary>
/// <param name="definition">Collects what the target says.</param>
public delegate ITargetDefinition Setup(ITargetDefinition definition);
