using MlOpsBuild.Engine.Execution;

namespace MlOpsBuild.Engine.CI.GitLab;

/// <summary>GitLab CI, by its environment. A value that is not set is empty, or 0.</summary>
public sealed partial class GitLab : Host, IBuildServer
{
    internal GitLab(IReadOnlyDictionary<string, string> environment) : base(environment)
    {
    }

    /// <summary>The host of the running build; null elsewhere.</summary>
    public static GitLab? Instance => RunState.CurrentOrNone?.Host as GitLab;

    /// <inheritdoc />
    public override string DisplayName => "GitLab CI";

    /// <summary>Address of the host's interface, version 4.</summary>
    public string ApiV4Url => Variable("CI_API_V4_URL");

    /// <summary>Branch or tag being built.</summary>
    public string CommitRefName => Variable("CI_COMMIT_REF_NAME");

    /// <summary>The branch; empty on merge requests and tags.</summary>
    public string CommitBranch => Variable("CI_COMMIT_BRANCH");

    /// <summary>The commit being built.</summary>
    public string CommitSha => Variable("CI_COMMIT_SHA");

    /// <summary>The project's main branch.</summary>
    public string DefaultBranch => Variable("CI_DEFAULT_BRANCH");

    /// <summary>Name of the environment the job deploys to.</summary>
    public string EnvironmentName => Variable("CI_ENVIRONMENT_NAME");

    /// <summary>Who started the pipeline.</summary>
    public string GitLabUserLogin => Variable("GITLAB_USER_LOGIN");

    /// <summary>Number of the job on this host.</summary>
    public long JobId => Number("CI_JOB_ID");

    /// <summary>Name of the job.</summary>
    public string JobName => Variable("CI_JOB_NAME");

    /// <summary>The job's token.</summary>
    public string JobToken => Variable("CI_JOB_TOKEN");

    /// <summary>Address of the job.</summary>
    public string JobUrl => Variable("CI_JOB_URL");

    /// <summary>Number of the merge request in its project; empty otherwise.</summary>
    public string MergeRequestIid => Variable("CI_MERGE_REQUEST_IID");

    /// <summary>The commit a merge request is compared with.</summary>
    public string MergeRequestDiffBaseSha => Variable("CI_MERGE_REQUEST_DIFF_BASE_SHA");

    /// <summary>A merge request's target project.</summary>
    public string MergeRequestProjectId => Variable("CI_MERGE_REQUEST_PROJECT_ID");

    /// <summary>A merge request's source branch.</summary>
    public string MergeRequestSourceBranchName => Variable("CI_MERGE_REQUEST_SOURCE_BRANCH_NAME");

    /// <summary>A merge request's source project; another one than the project on a fork.</summary>
    public string MergeRequestSourceProjectId => Variable("CI_MERGE_REQUEST_SOURCE_PROJECT_ID");

    /// <summary>A merge request's target branch.</summary>
    public string MergeRequestTargetBranchName => Variable("CI_MERGE_REQUEST_TARGET_BRANCH_NAME");

    /// <summary>Number of the pipeline on this host.</summary>
    public long PipelineId => Number("CI_PIPELINE_ID");

    /// <summary>What started the pipeline, for example <c>merge_request_event</c>.</summary>
    public string PipelineSource => Variable("CI_PIPELINE_SOURCE");

    /// <summary>Address of the pipeline.</summary>
    public string PipelineUrl => Variable("CI_PIPELINE_URL");

    /// <summary>Number of the project on this host.</summary>
    public long ProjectId => Number("CI_PROJECT_ID");

    /// <summary>Path of the project with its groups.</summary>
    public string ProjectPath => Variable("CI_PROJECT_PATH");

    /// <summary>Address of the project.</summary>
    public string ProjectUrl => Variable("CI_PROJECT_URL");

    /// <summary>The project's container registry.</summary>
    public string RegistryImage => Variable("CI_REGISTRY_IMAGE");

    /// <summary>Address of the host.</summary>
    public string ServerUrl => Variable("CI_SERVER_URL");

    string IBuildServer.Branch => MergeRequestSourceBranchName.Length > 0 ? MergeRequestSourceBranchName : CommitRefName;

    string IBuildServer.Commit => CommitSha;
}
