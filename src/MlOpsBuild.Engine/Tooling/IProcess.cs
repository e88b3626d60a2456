namespace MlOpsBuild.Engine.Tooling;

/// <summary>A program that was started.</summary>
public interface IProcess : IDisposable
{
    /// <summary>The program's path.</summary>
    string FileName { get; }

    /// <summary>What it was called with.</summary>
    string Arguments { get; }

    /// <summary>Where it runs.</summary>
    string WorkingDirectory { get; }

    /// <summary>What it has written so far.</summary>
    IReadOnlyCollection<Output> Output { get; }

    /// <summary>How it ended.</summary>
    int ExitCode { get; }

    /// <summary>Whether it has ended.</summary>
    bool HasExited { get; }

    /// <summary>Its number.</summary>
    int Id { get; }

    /// <summary>Ends it and what it started.</summary>
    void Kill();

    /// <summary>Waits for its end; ends it when its time is up, or the build is stopped.</summary>
    /// <returns>Whether it ended by itself.</returns>
    bool WaitForExit();
}
