namespace MlOpsBuild.Engine.CI;

/// <summary>CircleCI: its log folds by steps only, and it hides the values of the variables that were set for the project.</summary>
internal sealed class CircleCi(IReadOnlyDictionary<string, string> environment) : Host(environment), IBuildServer
{
    public override string DisplayName => "CircleCI";

    string IBuildServer.Branch => Variable("CIRCLE_BRANCH");

    string IBuildServer.Commit => Variable("CIRCLE_SHA1");
}
