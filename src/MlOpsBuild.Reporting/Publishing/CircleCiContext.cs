namespace MlOpsBuild.Reporting.Publishing;

/// <summary>What CircleCI says of a build; the repository is another host's.</summary>
internal static class CircleCiContext
{
    public static CodeHostContext? Of(HostVariables said) =>
        said["CIRCLE_SHA1"] is not { } commit
            || (HostedRepository.OfRequest(said.Address("CIRCLE_PULL_REQUEST"))
                ?? HostedRepository.OfRemote(said["CIRCLE_REPOSITORY_URL"], said)) is not { } repository
            ? null
            : new()
            {
                Kind = repository.Kind, Api = repository.Api, Project = repository.Project, Repository = repository.Page,
                Request = repository.Request, Commit = commit, Reference = said["CIRCLE_BRANCH"] ?? said["CIRCLE_TAG"],

                // One number for each job; a job that runs again has a later one.
                Run = said.Number("CIRCLE_BUILD_NUM"), RunAddress = said.Address("CIRCLE_BUILD_URL"),
                Token = HostTokens.Of(repository.Kind, said), User = HostTokens.User(repository.Kind, said),
            };
}
