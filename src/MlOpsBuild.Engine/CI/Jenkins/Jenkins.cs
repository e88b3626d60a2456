using MlOpsBuild.Engine.Execution;

namespace MlOpsBuild.Engine.CI.Jenkins;

/// <summary>Jenkins, by its environment.</summary>
public sealed class Jenkins : Host, IBuildServer
{
    internal Jenkins(IReadOnlyDictionary<string, string> environment) : base(environment)
    {
    }

    /// <summary>The host of the running build; null elsewhere.</summary>
    public static Jenkins? Instance => RunState.CurrentOrNone?.Host as Jenkins;

    /// <inheritdoc />
    public override string DisplayName => "Jenkins";

    /// <summary>The branch of a multibranch job; empty otherwise.</summary>
    public string BranchName => Variable("BRANCH_NAME");

    /// <summary>Number of the build.</summary>
    public int BuildNumber => (int)Number("BUILD_NUMBER");

    /// <summary>Number of the change request; empty otherwise.</summary>
    public string ChangeId => Variable("CHANGE_ID");

    /// <summary>The branch as the git plug-in says it.</summary>
    public string GitBranch => Variable("GIT_BRANCH");

    /// <summary>The commit being built.</summary>
    public string GitCommit => Variable("GIT_COMMIT");

    /// <summary>Name of the job.</summary>
    public string JobName => Variable("JOB_NAME");

    /// <summary>The checkout.</summary>
    public string Workspace => Variable("WORKSPACE");

    string IBuildServer.Branch => BranchName.Length > 0 ? BranchName : GitBranch;

    string IBuildServer.Commit => GitCommit;
}
