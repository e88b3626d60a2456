namespace MlOpsBuild.TestKit.CodeHosts;

/// <summary>What is to go wrong with the next requests, in the order in which it was asked for.</summary>
internal sealed class HostFaults
{
    private readonly Lock _gate = new();
    private readonly Queue<HostFault> _faults = new();

    public void Add(HostFault fault, int times)
    {
        lock (_gate)
        {
            for (var count = 0; count < times; count++)
            {
                _faults.Enqueue(fault);
            }
        }
    }

    public HostFault Next()
    {
        lock (_gate)
        {
            return _faults.TryDequeue(out var fault) ? fault : HostFault.None;
        }
    }
}
