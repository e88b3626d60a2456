namespace MlOpsBuild.Engine.Execution;

/// <summary>What must hold for a target, and how that is told.</summary>
/// <param name="Holds">Asks.</param>
/// <param name="Text">In words.</param>
internal sealed record TargetCondition(Func<bool> Holds, string Text);
