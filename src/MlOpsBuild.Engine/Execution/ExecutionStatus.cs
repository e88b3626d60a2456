namespace MlOpsBuild.Engine.Execution;

/// <summary>Where a target stands. Names and order follow NUKE 10.1.</summary>
public enum ExecutionStatus
{
    /// <summary>Not part of the plan.</summary>
    None,

    /// <summary>Part of the plan, not yet begun.</summary>
    Scheduled,

    /// <summary>Not begun because something failed.</summary>
    NotRun,

    /// <summary>Left out by a switch or a condition.</summary>
    Skipped,

    /// <summary>Ended well.</summary>
    Succeeded,

    /// <summary>Threw.</summary>
    Failed,

    /// <summary>Running now.</summary>
    Running,

    /// <summary>Stopped by a signal.</summary>
    Aborted,

    /// <summary>Has no action of its own.</summary>
    Collective,
}
