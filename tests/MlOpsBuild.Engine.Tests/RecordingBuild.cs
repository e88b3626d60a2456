namespace MlOpsBuild.Engine.Tests;

/// <summary>A build whose targets note that they ran.</summary>
internal abstract class RecordingBuild : NukeBuild
{
    public List<string> Ran { get; } = [];

    public ExecutionStatus StatusOf(string target) => ExecutionPlan.Single(planned => planned.Name == target).Status;
}
