using MlOpsBuild.Engine.CI;
using MlOpsBuild.Engine.Execution;
using MlOpsBuild.Engine.Parameters;

namespace MlOpsBuild.Engine;

/// <summary>Switches every build has. From the environment they are read as <c>MLOPS_NAME</c> only.</summary>
public abstract partial class NukeBuild
{
    /// <summary>Show help and stop.</summary>
    [Parameter("Shows targets and parameters; with targets named, what these do")]
    public bool Help { get; private set; }

    /// <summary>Show the plan and stop.</summary>
    [Parameter("Shows what would run and why, without running")]
    public bool Plan { get; private set; }

    /// <summary>The plan, or what a target found, for programs.</summary>
    [Parameter("With --plan, and with a target that only looks: prints JSON and nothing else; what is for people goes to standard error")]
    public bool Json { get; private set; }

    /// <summary>The plan as a chart.</summary>
    [Parameter("With --plan: prints a Mermaid flowchart")]
    public bool Mermaid { get; private set; }

    /// <summary>Asks whether anything would run.</summary>
    [Parameter("With --plan: ends with 5 when something would run, with 0 when nothing would", Name = "exit-code")]
    public bool PlanExitCode { get; private set; }

    /// <summary>Targets to run; the same as naming them first.</summary>
    [Parameter("Targets to run, the same as naming them without a switch", Name = "target", Separator = "+", List = false)]
    public string[]? NamedTargets { get; private set; }

    /// <summary>Targets to leave out.</summary>
    [Parameter("Targets to leave out; without a name, all that are not named", Separator = "+"), MayBeEmpty]
    public string[]? Skip { get; private set; }

    /// <summary>Go on where the last run of the same targets failed.</summary>
    [Parameter("Leaves out what succeeded when the same targets were run last; stages are restored by the run cache instead")]
    public bool Continue { get; private set; }

    /// <summary>Targets at once.</summary>
    [Parameter("How many targets that do not wait for each other, or pipelines of one target, run at once; 1 by default")]
    public int Parallel { get; private set; } = 1;

    /// <summary>Parameter files to read.</summary>
    [Parameter("Reads .nuke/parameters.NAME.json as well; the last one named wins")]
    public string[]? Profile { get; private set; }

    /// <summary>Never prints a logo: this engine has none.</summary>
    [Parameter("Kept for compatibility: no logo is printed", List = false)]
    public bool NoLogo { get; private set; }

    /// <summary>The part of a partitioned target's work to do.</summary>
    [Parameter("The part i of n of the work that targets share between agents, as i/n", List = false)]
    public Partition Partition
    {
        get => RunState.Current.Partition;
        private set => RunState.Current.Partition = value;
    }
}
