namespace MlOpsBuild.Engine.CI;

/// <summary>A host that builds commits.</summary>
public interface IBuildServer
{
    /// <summary>The branch being built.</summary>
    string Branch { get; }

    /// <summary>The commit being built.</summary>
    string Commit { get; }
}
