namespace MlOpsBuild.Core;

/// <summary>What the process tells its caller.</summary>
public static class ExitCodes
{
    /// <summary>Everything asked for was done.</summary>
    public const int Passed = 0;

    /// <summary>A target broke.</summary>
    public const int TargetBroke = 1;

    /// <summary>The call was wrong; nothing was run.</summary>
    public const int WrongUsage = 2;

    /// <summary>A gate said no.</summary>
    public const int GateSaidNo = 3;

    /// <summary>A decision was required and the evidence did not allow one.</summary>
    public const int Inconclusive = 4;

    /// <summary>With <c>--plan --exit-code</c>: something would run.</summary>
    public const int SomethingWouldRun = 5;

    /// <summary>The program is older than its sources; the start script rebuilds and restarts.</summary>
    public const int Stale = 75;
}
