namespace MlOpsBuild.Components;

/// <summary>On a build class: which build servers run it, and how. <c>./build.sh GenerateCi</c> writes their files from it.</summary>
/// <param name="hosts">The build servers.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class GeneratedCiAttribute(CiHosts hosts) : Attribute
{
    /// <summary>The build servers.</summary>
    public CiHosts Hosts { get; } = hosts;

    /// <summary>How the targets are spread over jobs.</summary>
    /// <value>Together.</value>
    public CiJobs Jobs { get; set; }

    /// <summary>
    /// From how many pipelines on each has a job of its own. Below, one job runs them all: to set a machine up takes longer than a small
    /// pipeline.
    /// </summary>
    /// <value>4.</value>
    public int MatrixFrom { get; set; } = 4;

    /// <summary>The branch that is delivered from.</summary>
    /// <value>main.</value>
    public string Branch { get; set; } = "main";

    /// <summary>
    /// Label of the runner on GitHub and of the agent on Jenkins, tag of the runner on GitLab, image or pool of Azure Pipelines, resource
    /// class of CircleCI.
    /// </summary>
    /// <value>ubuntu-latest on GitHub and Azure Pipelines; any elsewhere.</value>
    public string? Runner { get; set; }

    /// <summary>Image the jobs run in, by digest; null for the runner itself. CircleCI's own machines need one.</summary>
    public string? Container { get; set; }

    /// <summary>When the delivered branch is trained and tested again without a change, in cron's five fields; null for never.</summary>
    public string? Schedule { get; set; }

    /// <summary>
    /// When what serves is looked after, and trained anew where a policy says so, in cron's five fields; null for never. It goes with
    /// <see cref="Delivers"/>: what was answered is kept on the machine that serves.
    /// </summary>
    public string? MonitorSchedule { get; set; }

    /// <summary>The team's state, as <c>--remote</c> has it.</summary>
    /// <value>git.</value>
    public string Remote { get; set; } = "git";

    /// <summary>
    /// Name of the secret on GitHub (of the variable on Azure Pipelines, of the credential on Jenkins, of the context on CircleCI) with the
    /// key that versions and decisions are signed with; null where nobody signs. What runs for a pull request never gets it. On GitLab a
    /// protected variable <c>MLOPS_SIGNING_KEY</c> does the same.
    /// </summary>
    public string? SigningSecret { get; set; }

    /// <summary>
    /// Name of the variable with the code host's token, for example <c>GITHUB_TOKEN</c>, on build servers that have none of their own:
    /// Jenkins, where the credential has this name too, CircleCI, and Azure Pipelines of a repository elsewhere.
    /// </summary>
    public string? HostToken { get; set; }

    /// <summary>Whether versions are deployed and rolled back from the build server too, on <see cref="DeliveryRunner"/>.</summary>
    public bool Delivers { get; set; }

    /// <summary>
    /// Label or tag of the machine that serves: a runner of one's own, on which nothing else runs. The code of pull requests never does.
    /// </summary>
    public string? DeliveryRunner { get; set; }

    /// <summary>Whether the commit that a change starts from is tested too when no run of it is known; takes as long as a build.</summary>
    public bool TrainsMergeBase { get; set; }

    /// <summary>Minutes a job may take.</summary>
    /// <value>60.</value>
    public int TimeoutMinutes { get; set; } = 60;
}
