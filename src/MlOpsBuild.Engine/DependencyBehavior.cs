namespace MlOpsBuild.Engine;

/// <summary>What happens to the dependencies of a skipped target.</summary>
public enum DependencyBehavior
{
    /// <summary>Dependencies nobody else needs are skipped too.</summary>
    Skip,

    /// <summary>Dependencies run.</summary>
    Execute,
}
