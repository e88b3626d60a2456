namespace MlOpsBuild.EndToEnd.Tests.Fixtures;

/// <summary>A test on a checkout of its own.</summary>
[Collection(nameof(EndToEndCollection))]
public abstract class EndToEndTest(BuiltRepository repository) : IAsyncLifetime
{
    /// <summary>The copy of the built repository.</summary>
    protected BuiltRepository Repository { get; } = repository;

    /// <summary>This test's checkout.</summary>
    protected Checkout Checkout { get; private set; } = null!;

    /// <inheritdoc />
    public async Task InitializeAsync() => Checkout = await Repository.CheckOutAsync();

    /// <inheritdoc />
    public async Task DisposeAsync() => await Checkout.DisposeAsync();
}
