namespace MlOpsBuild.Components.Steps;

/// <summary>What one step of a pipeline hands to the steps after it.</summary>
internal interface IStepResult
{
    /// <summary>The target that makes it, for a message where it was left out.</summary>
    static abstract string Target { get; }
}
