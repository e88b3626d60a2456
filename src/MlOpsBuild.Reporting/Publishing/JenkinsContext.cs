namespace MlOpsBuild.Reporting.Publishing;

/// <summary>What Jenkins says of a build of a multibranch job; the repository is another host's.</summary>
internal static class JenkinsContext
{
    public static CodeHostContext? Of(HostVariables said) =>
        said["GIT_COMMIT"] is not { } commit
            || (HostedRepository.OfRequest(said.Address("CHANGE_URL"))
                ?? HostedRepository.OfRemote(said["GIT_URL"], said)) is not { } repository
            ? null
            : new()
            {
                Kind = repository.Kind, Api = repository.Api, Project = repository.Project, Repository = repository.Page,
                Request = repository.Request, Commit = commit,
                Reference = said["CHANGE_BRANCH"] ?? said["BRANCH_NAME"] ?? Local(said["GIT_BRANCH"]), TargetBranch = said["CHANGE_TARGET"],
                Run = said.Number("BUILD_NUMBER"), RunAddress = said.Address("BUILD_URL"),
                Token = HostTokens.Of(repository.Kind, said), User = HostTokens.User(repository.Kind, said),
            };

    private static string? Local(string? branch) =>
        branch?.StartsWith("origin/", StringComparison.Ordinal) == true ? branch["origin/".Length..] : branch;
}
