namespace MlOpsBuild.Reporting.Publishing;

/// <summary>What Bitbucket Pipelines says of a build.</summary>
internal static class BitbucketContext
{
    public static CodeHostContext? Of(HostVariables said) =>
        said["BITBUCKET_REPO_FULL_NAME"] is not { } repository || said["BITBUCKET_COMMIT"] is not { } commit
            ? null
            : new()
            {
                Kind = CodeHostKind.Bitbucket,
                Api = new("https://api.bitbucket.org/2.0/"),
                Project = repository,
                Request = said.Request("BITBUCKET_PR_ID"),
                Commit = commit,
                Reference = said["BITBUCKET_BRANCH"],
                TargetBranch = said["BITBUCKET_PR_DESTINATION_BRANCH"],
                Run = said.Number("BITBUCKET_BUILD_NUMBER"),
                Attempt = Math.Max(1, said.Number("BITBUCKET_STEP_RUN_NUMBER")),
                Repository = new($"https://bitbucket.org/{repository}"),
                RunAddress = new($"https://bitbucket.org/{repository}/pipelines/results/{said["BITBUCKET_BUILD_NUMBER"]}"),
                Token = HostTokens.Of(CodeHostKind.Bitbucket, said), User = HostTokens.User(CodeHostKind.Bitbucket, said),
            };
}
