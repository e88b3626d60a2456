using MlOpsBuild.Core;

namespace MlOpsBuild.Store.Sharing;

/// <summary>What came of an exchange with the team's state.</summary>
public sealed record SyncReport
{
    /// <summary>Whether the remote answered.</summary>
    public bool Reached { get; init; } = true;

    /// <summary>Whether it refused to be written.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Why it did not answer or refused, in its own words.</summary>
    public string? Problem { get; init; }

    /// <summary>Facts taken over from the team.</summary>
    public int Received { get; init; }

    /// <summary>Facts the team has now from here.</summary>
    public int Sent { get; init; }

    /// <summary>Blobs that travelled there.</summary>
    public int BlobsSent { get; init; }

    /// <summary>Facts that only this machine has.</summary>
    public int Unsent { get; init; }

    /// <summary>Attempts the exchange took; more than one when others wrote at the same time.</summary>
    public int Attempts { get; init; }

    /// <summary>Versions whose number another build had taken, with the number they have now.</summary>
    public IReadOnlyList<Renumbered> Renumbered { get; init; } = [];

    /// <summary>Alias moves of this machine that came too late.</summary>
    public IReadOnlyList<RefusedMove> RefusedMoves { get; init; } = [];

    /// <summary>Blobs over the limit, which stay on this machine.</summary>
    public IReadOnlyList<OversizedBlob> Oversized { get; init; } = [];

    /// <summary>What is wrong with the shared state.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];
}
