namespace MlOpsBuild.Store.Git;

/// <summary>What came of a push.</summary>
internal enum PushOutcome
{
    /// <summary>The branch is where we put it.</summary>
    Accepted,

    /// <summary>Somebody else was first: fetch, replay, push again.</summary>
    Stale,

    /// <summary>This token may not write.</summary>
    Refused,

    /// <summary>The remote could not be reached.</summary>
    Unreachable,
}
