namespace MlOpsBuild.Reporting.Publishing;

/// <summary>What GitLab says of a build.</summary>
internal static class GitLabContext
{
    public static CodeHostContext? Of(HostVariables said) =>
        said["CI_API_V4_URL"] is not { } api || said["CI_PROJECT_ID"] is not { } project || said["CI_COMMIT_SHA"] is not { } commit
            ? null
            : new()
            {
                Kind = CodeHostKind.GitLab,
                Api = new(api.TrimEnd('/') + "/"),
                Project = said["CI_MERGE_REQUEST_PROJECT_ID"] ?? project,
                Request = said.Request("CI_MERGE_REQUEST_IID"),
                Commit = said["CI_MERGE_REQUEST_SOURCE_BRANCH_SHA"] ?? commit,
                Reference = said["CI_COMMIT_REF_NAME"],
                BaseCommit = said["CI_MERGE_REQUEST_DIFF_BASE_SHA"],
                TargetBranch = said["CI_MERGE_REQUEST_TARGET_BRANCH_NAME"],
                Run = said.Number("CI_PIPELINE_ID"),
                Attempt = Math.Max(1, said.Number("CI_JOB_ID")),
                Repository = said["CI_PROJECT_URL"] is { } page ? new(page) : null,
                RunAddress = said["CI_JOB_URL"] is { } job ? new(job) : null,
                Token = said["GITLAB_TOKEN"],
            };
}
