namespace MlOpsBuild.Delivery.Governance;

/// <summary>A freeze that comes once.</summary>
/// <param name="From">When it begins, on the clock of <paramref name="Zone"/>.</param>
/// <param name="Until">When it ends; this moment is free again.</param>
/// <param name="Zone">Whose clock.</param>
/// <param name="Why">What it is for.</param>
public sealed record DatedFreeze(DateTime From, DateTime Until, string Zone, string Why) : FreezeWindow(Zone, Why)
{
    /// <inheritdoc />
    protected override DateTime? EndOf(DateTime local) => local >= From && local < Until ? Until : null;
}
