using MlOpsBuild.Core;
using MlOpsBuild.Core.Views;
using MlOpsBuild.Delivery.Environments;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Online;

namespace MlOpsBuild.Delivery.Views;

/// <summary>
/// Takes what is kept of feature views on this machine to a gateway that does not share its files and variables. What the gateway has is
/// never replaced by something older: another machine may have brought it.
/// </summary>
/// <param name="admin">Talks to the gateway.</param>
/// <param name="folder">Where this machine keeps values, and finds connections.</param>
/// <param name="time">The clock.</param>
internal sealed class GatewayViews(AdminClient admin, EnvironmentFolder folder, TimeProvider time)
{
    private IReadOnlyList<JoinedView> _expected = [];

    /// <summary>The next gateway that is filled gets what these need.</summary>
    /// <param name="views">What a version that was started looks up.</param>
    public void Expect(IReadOnlyList<JoinedView> views) => _expected = views;

    /// <summary>The gateway, once it has what is expected of it; its volume keeps that, so that it is brought once.</summary>
    /// <exception cref="FindingsException">As <see cref="SendAsync"/>.</exception>
    public async Task<ServerInstance> FilledAsync(Task<ServerInstance> starting, CancellationToken cancellationToken)
    {
        var gateway = await starting;
        if (_expected.Count > 0)
        {
            await SendAsync(gateway, _expected, cancellationToken);
            _expected = [];
        }

        return gateway;
    }

    /// <summary>Sends what the gateway lacks.</summary>
    /// <param name="gateway">The gateway.</param>
    /// <param name="views">What is looked up.</param>
    /// <param name="cancellationToken">Stops sending.</param>
    /// <exception cref="FindingsException">The gateway does not take them, or this machine has no connection that it lacks.</exception>
    public async Task SendAsync(ServerInstance gateway, IReadOnlyList<JoinedView> views, CancellationToken cancellationToken)
    {
        await ConnectAsync(gateway, ServerLauncher.VariablesOf(views), cancellationToken);
        await using var store = new FileOnlineStore(folder.OnlineFolder, time);
        foreach (var view in views.Where(view => view.Store.Kind == OnlineStoreKind.Files).Select(view => view.Name).Distinct())
        {
            var known = await admin.ViewAsync(gateway, view, cancellationToken);
            if (await NewerAsync(store, view, known, cancellationToken) is { } content)
            {
                await admin.SendViewAsync(gateway, view, content, cancellationToken);
            }
        }
    }

    /// <summary>What the gateway finds of a view that is kept in files; where none runs, what this machine would bring one.</summary>
    /// <param name="gateway">The gateway; null for none.</param>
    /// <param name="view">The view's name.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    /// <exception cref="FindingsException">The gateway does not say, or this machine's files are damaged.</exception>
    public async Task<OnlineState?> StateAsync(ServerInstance? gateway, string view, CancellationToken cancellationToken)
    {
        if (gateway != null)
        {
            return await admin.ViewAsync(gateway, view, cancellationToken);
        }

        await using var store = new FileOnlineStore(folder.OnlineFolder, time);
        return await store.StateAsync(view, cancellationToken);
    }

    // What this machine cannot say need not be said to a gateway that knows it: a rollback may come from anywhere.
    private async Task ConnectAsync(ServerInstance gateway, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        if (names.Count == 0)
        {
            return;
        }

        var known = await admin.ConnectAsync(
            gateway,
            names.Where(name => folder.Variable(name).Length > 0).ToDictionary(name => name, folder.Variable, StringComparer.Ordinal),
            cancellationToken);
        var lacking = names.Except(known).ToList();
        if (lacking.Count > 0)
        {
            throw new UsageException("The gateway does not reach the online store", [.. lacking.Select(OnlineStoreOpener.Unset)]);
        }
    }

    private static async Task<byte[]?> NewerAsync(
        FileOnlineStore store, string view, OnlineState? known, CancellationToken cancellationToken)
    {
        try
        {
            return await store.StateAsync(view, cancellationToken) is { } own && (known == null || known.At < own.At)
                ? await store.ContentAsync(view, cancellationToken)
                : null;
        }
        catch (FindingsException) when (known != null)
        {
            return null;
        }
    }
}
