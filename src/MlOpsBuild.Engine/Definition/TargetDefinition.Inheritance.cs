using System.Linq.Expressions;
using System.Reflection;

namespace MlOpsBuild.Engine.Definition;

/// <summary>What a target takes over from others.</summary>
internal sealed partial class TargetDefinition
{
    private int _level;

    public ITargetDefinition Base()
    {
        var levels = catalog.ImplementationsOf(target.Name);
        if (_level + 1 >= levels.Count)
        {
            throw new InvalidOperationException($"Target '{target.Name}' of {levels[_level].DeclaringType!.Name} calls Base(), but no class above it declares one. Inherit<TComponent>() takes over what a component says.");
        }

        _level++;
        Replay(levels[_level]);
        _level--;
        return this;
    }

    public ITargetDefinition Inherit(params Target[] targets) => With(() => Array.ForEach(targets, other => other(this)));

    public ITargetDefinition Inherit<T>(params Expression<Func<T, Target>>[] targets) => With(() =>
    {
        _ = Component<T>();
        foreach (var property in targets.Length > 0 ? targets.Select(PropertyOf) : [TargetCatalog.OnlyTargetOf(typeof(T))])
        {
            Replay(property);
        }
    });

    // The implementation itself, not the one that overrides it: a virtual call would come back to where it is asked.
    private void Replay(PropertyInfo property)
    {
        if (property.GetMethod!.IsAbstract)
        {
            throw new InvalidOperationException($"Target '{target.Name}' inherits {property.DeclaringType!.Name}.{property.Name}, which says nothing itself.");
        }

        var pointer = property.GetMethod.MethodHandle.GetFunctionPointer();
        var read = (Func<Target>)Activator.CreateInstance(typeof(Func<Target>), build, pointer)!;
        read()(this);
    }

    private PropertyInfo PropertyOf(LambdaExpression expression) => (expression.Body as MemberExpression)?.Member as PropertyInfo
        ?? throw new InvalidOperationException($"Target '{target.Name}' inherits '{expression}', which does not name a target of the component.");
}
