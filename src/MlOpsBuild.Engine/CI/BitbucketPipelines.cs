namespace MlOpsBuild.Engine.CI;

/// <summary>Bitbucket Pipelines: its log folds by steps only, and it hides the variables that were set as secured.</summary>
internal sealed class BitbucketPipelines(IReadOnlyDictionary<string, string> environment) : Host(environment), IBuildServer
{
    public override string DisplayName => "Bitbucket Pipelines";

    string IBuildServer.Branch => Variable("BITBUCKET_BRANCH");

    string IBuildServer.Commit => Variable("BITBUCKET_COMMIT");
}
