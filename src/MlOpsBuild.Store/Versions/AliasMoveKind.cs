namespace MlOpsBuild.Store.Versions;

/// <summary>Which way an alias went.</summary>
public enum AliasMoveKind
{
    /// <summary>To a version put there on purpose.</summary>
    Promote,

    /// <summary>Back to the version before.</summary>
    Rollback,
}
