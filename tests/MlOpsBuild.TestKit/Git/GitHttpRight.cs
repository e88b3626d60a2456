namespace MlOpsBuild.TestKit.Git;

/// <summary>What a user of a <see cref="GitHttpServer"/> may do.</summary>
public enum GitHttpRight
{
    /// <summary>Clone and fetch.</summary>
    Read,

    /// <summary>Push as well.</summary>
    Write,
}
