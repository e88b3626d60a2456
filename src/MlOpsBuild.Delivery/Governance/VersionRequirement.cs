namespace MlOpsBuild.Delivery.Governance;

/// <summary>What a version must have to be promoted.</summary>
public enum VersionRequirement
{
    /// <summary>Its card names an owner, an intended use, what it is not for, and its limits.</summary>
    CompleteCard,

    /// <summary>Its gates and the tests of its behaviour, of which there is one at least, passed.</summary>
    PassedTests,

    /// <summary>Its origin is signed by a key in <c>.nuke/keys</c>.</summary>
    SignedOrigin,

    /// <summary>
    /// It was made from a commit that somebody else than its author approved and that was merged, without changes beside it.
    /// </summary>
    ReviewedCommit,
}
