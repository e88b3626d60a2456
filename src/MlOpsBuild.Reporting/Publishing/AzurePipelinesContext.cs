namespace MlOpsBuild.Reporting.Publishing;

/// <summary>What Azure Pipelines says of a build: of a repository of Azure DevOps, or of another host.</summary>
internal static class AzurePipelinesContext
{
    public static CodeHostContext? Of(HostVariables said)
    {
        if (said["BUILD_SOURCEVERSION"] is not { } built)
        {
            return null;
        }

        var collection = said["SYSTEM_COLLECTIONURI"] ?? said["SYSTEM_TEAMFOUNDATIONCOLLECTIONURI"];
        var (build, project) = (said["BUILD_BUILDID"], said["SYSTEM_TEAMPROJECT"]);
        var repository = Repository(said, collection);
        return repository == null ? null : new()
        {
            Kind = repository.Kind, Api = repository.Api, Project = repository.Project, Repository = repository.Page,

            // The number in the host's own list; Azure counts the requests of others by numbers of its own.
            Request = said.Request(repository.Kind == CodeHostKind.AzureDevOps
                ? "SYSTEM_PULLREQUEST_PULLREQUESTID"
                : "SYSTEM_PULLREQUEST_PULLREQUESTNUMBER"),
            Commit = said["SYSTEM_PULLREQUEST_SOURCECOMMITID"] ?? built,
            Reference = said.Branch("SYSTEM_PULLREQUEST_SOURCEBRANCH") ?? said.Branch("BUILD_SOURCEBRANCH"),
            TargetBranch = said.Branch("SYSTEM_PULLREQUEST_TARGETBRANCH"),
            Run = said.Number("BUILD_BUILDID"),
            Attempt = Math.Max(1, said.Number("SYSTEM_JOBATTEMPT")),
            RunAddress = collection != null && project != null && build != null
                ? new($"{collection.TrimEnd('/')}/{Uri.EscapeDataString(project)}/_build/results?buildId={Uri.EscapeDataString(build)}")
                : null,
            Token = HostTokens.Of(repository.Kind, said), User = HostTokens.User(repository.Kind, said),
        };
    }

    private static HostedRepository? Repository(HostVariables said, string? collection) => said["BUILD_REPOSITORY_PROVIDER"] switch
    {
        null or "TfsGit" => collection != null && said["SYSTEM_TEAMPROJECT"] is { } project && said["BUILD_REPOSITORY_NAME"] is { } name
            ? new(
                CodeHostKind.AzureDevOps, new(collection.TrimEnd('/') + "/"), $"{project}/{name}",
                new($"{collection.TrimEnd('/')}/{Uri.EscapeDataString(project)}/_git/{Uri.EscapeDataString(name)}"))
            : null,
        _ => HostedRepository.OfRemote(said["BUILD_REPOSITORY_URI"], said),
    };
}
